package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The programs that run inside Redis. A session script touches its one key only; an index script the keys of its one
 * shard only. Errors of commands are returned, not raised: Redis 6.2 would wrap them, and lose their code.
 */
enum Script {
    /** Stores a record that was not there. 0: the id exists. */
    INSERT(RecordLua.with("""
            local value, slack = ARGV[1], tonumber(ARGV[2])
            if header == '' then return store(value, expires(value), slack, 1) end
            if isAbsent(header) then return 0 end
            if not isRecord(header) then return unreadable end
            return isSameWrite(header, value) and 1 or 0
            """)),

    /**
     * Replaces one version. 0: absent, expired or another version. 2: the deadline moved back. 3: the principal would
     * change. Neither time moves back, unless the idle timeout changes: then the deadline is the one given.
     */
    UPDATE(RecordLua.with("""
            local value, basedOn, slack, samePrincipal = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
            if isAbsent(header) then return 0 end
            if not isRecord(header) then return unreadable end
            if isSameWrite(header, value) then return 2 end
            if version(header) ~= basedOn or expires(header) <= accessed(value) then return 0 end
            if samePrincipal == '1' and principal(header) ~= principalOf(value) then return 3 end
            local earlier = expires(value) < expires(header)
            local shortened = earlier and idle(value) ~= idle(header)
            local keepsDeadline = earlier and not shortened
            local deadline = keepsDeadline and expires(header) or expires(value)
            local stored = store(value, deadline, slack, shortened and 2 or 1)
            if type(stored) == 'table' then return stored end
            if accessed(header) > accessed(value) then overwrite($accessed.offset, string.sub(header, $accessed)) end
            if keepsDeadline then overwrite($expires.offset, string.sub(header, $expires)) end
            return stored
            """)),

    /** Moves the times forward in place. 0: absent or expired. */
    TOUCH(RecordLua.with("""
            local used, deadline, slack = ARGV[1], ARGV[2], tonumber(ARGV[3])
            if isAbsent(header) then return 0 end
            if not isRecord(header) then return unreadable end
            local now = tonumber(used)
            if expires(header) <= now then return 0 end
            if accessed(header) >= now and expires(header) >= tonumber(deadline) then return 1 end
            if accessed(header) > now then used = string.sub(header, $accessed) end
            if expires(header) > tonumber(deadline) then deadline = string.sub(header, $expires) end
            local done = overwrite($accessed.offset, used .. '$expires.label' .. deadline)
            if type(done) == 'table' then return done end
            redis.call('PEXPIRE', KEYS[1], lifetime(now, tonumber(deadline), slack))
            return 1
            """)),

    /** Removes a record. 0: absent. */
    DELETE(RecordLua.with("""
            if isAbsent(header) then return 0 end
            if not isRecord(header) then return unreadable end
            return redis.pcall('DEL', KEYS[1])
            """)),

    /** Removes a record that has expired. 0: absent, or renewed. */
    DELETE_EXPIRED(RecordLua.with("""
            if isAbsent(header) then return 0 end
            if not isRecord(header) then return unreadable end
            if expires(header) > tonumber(ARGV[1]) then return 0 end
            return redis.pcall('DEL', KEYS[1])
            """)),

    /** Removes a record of this principal. Where there is none yet, leaves word for an insert that is under way. */
    DELETE_OF_PRINCIPAL(RecordLua.with("""
            if header == '' then
                local done = redis.pcall('SET', KEYS[1], '$ended', 'PX', ARGV[2])
                return done.err and done or 0
            end
            if isAbsent(header) then return 0 end
            if not isRecord(header) then return unreadable end
            if principal(header) ~= 'u' .. ARGV[1] then return 0 end
            return redis.pcall('DEL', KEYS[1])
            """)),

    /** Deadline and principal, without the payload; empty when absent. */
    LOOK(RecordLua.with("""
            if isAbsent(header) then return '' end
            if not isRecord(header) then return unreadable end
            return string.sub(header, $expires) .. principal(header)
            """)),

    /** Enters an id into the index, to be looked at at a given time. */
    INDEX_ADD("""
            local id, time, principal = ARGV[1], ARGV[2], ARGV[3]
            local done = redis.pcall('ZADD', KEYS[1], time, id)
            if type(done) == 'table' then return done end
            if principal then
                redis.call('ZADD', KEYS[2], 0, id .. ':' .. principal)
                redis.call('ZADD', KEYS[3], 0, #principal .. ':' .. principal .. ' ' .. id)
            end
            return 1
            """),

    /** Has a sweep look at the ids that are in the index. */
    INDEX_MARK("""
            for i = 2, #ARGV do
                local done = redis.pcall('ZADD', KEYS[1], 'XX', ARGV[1], ARGV[i])
                if type(done) == 'table' then return done end
            end
            return 1
            """),

    /**
     * Brings entries up to date with what was found under their ids: four arguments each, after the time of the
     * sweep. An entry that was entered again since it was read is left for the next sweep.
     */
    INDEX_SETTLE("""
            local now = tonumber(ARGV[1])
            local function forget(id, but)
                for _, entry in ipairs(redis.call('ZRANGEBYLEX', KEYS[2], '[' .. id .. ':', '(' .. id .. ';')) do
                    local principal = string.sub(entry, 34)
                    if 'u' .. principal ~= but then
                        redis.call('ZREM', KEYS[2], entry)
                        redis.call('ZREM', KEYS[3], #principal .. ':' .. principal .. ' ' .. id)
                    end
                end
            end
            for i = 2, #ARGV, 4 do
                local id, seen, time, principal = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
                local score = redis.pcall('ZSCORE', KEYS[1], id)
                if type(score) == 'table' then return score end
                if score and time == '' and tonumber(score) <= now then
                    forget(id, '')
                    redis.call('ZREM', KEYS[1], id)
                elseif score and time ~= '' and score == seen then
                    local done = redis.pcall('ZADD', KEYS[1], time, id)
                    if type(done) == 'table' then return done end
                    forget(id, principal)
                end
            end
            return 1
            """),

    /** Some entries that are due, one a line, after a given one: found by halving, since that one may have gone. */
    INDEX_DUE("""
            local now, count, score, id = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
            local high = redis.pcall('ZCOUNT', KEYS[1], '-inf', now)
            if type(high) == 'table' then return high end
            local total, low = high, 0
            while id and low < high do
                local middle = math.floor((low + high) / 2)
                local entry = redis.call('ZRANGE', KEYS[1], middle, middle, 'WITHSCORES')
                local at = tonumber(entry[2])
                if at < score or (at == score and entry[1] <= id) then low = middle + 1 else high = middle end
            end
            if low >= total then return '' end
            local lines = {}
            local entries = redis.call('ZRANGE', KEYS[1], low, math.min(low + count, total) - 1, 'WITHSCORES')
            for i = 1, #entries, 2 do lines[#lines + 1] = entries[i] .. ' ' .. entries[i + 1] end
            return table.concat(lines, '\\n')
            """),

    /** Some ids of a principal, without a gap, after a given one. */
    INDEX_OF_PRINCIPAL("""
            local principal, after, count = ARGV[1], ARGV[2], ARGV[3]
            local name = '(' .. #principal .. ':' .. principal
            local found = redis.pcall('ZRANGEBYLEX', KEYS[1], name .. ' ' .. after, name .. '!', 'LIMIT', 0, count)
            if found.err then return found end
            for i, entry in ipairs(found) do found[i] = string.sub(entry, -32) end
            return table.concat(found, '\\n')
            """),

    /** Some ids of a shard, after the cursor to go on with. */
    INDEX_SCAN("""
            local found = redis.pcall('ZSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
            if found.err then return found end
            local lines = {found[1]}
            for i = 1, #found[2], 2 do lines[#lines + 1] = found[2][i] end
            return table.concat(lines, '\\n')
            """);

    private final String text;

    private final String digest;

    Script(String text) {
        this.text = text;
        this.digest = digest(text);
    }

    String digest() {
        return digest;
    }

    byte[] text() {
        return text.getBytes(UTF_8);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}

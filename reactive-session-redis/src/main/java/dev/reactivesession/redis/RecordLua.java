package dev.reactivesession.redis;

/** How scripts read and write the one record under their key. Positions come from {@link StoredForm}. */
final class RecordLua {

    private static final String READ_AND_WRITE = """
            local header = redis.pcall('GETRANGE', KEYS[1], 0, $fixed - 1)
            if type(header) == 'table' then return header end
            local unreadable = {err = 'UNREADABLE what lies under the key is not a record in the format $format'}
            local function isAbsent(h) return h == '' or h == '$ended' end
            local function isRecord(h) return #h >= $fixed and string.sub(h, 1, $version.offset) == '$start' end
            local function version(h) return string.sub(h, $version) end
            local function idle(h) return string.sub(h, $idle) end
            local function accessed(h) return tonumber(string.sub(h, $accessed)) end
            local function expires(h) return tonumber(string.sub(h, $expires)) end
            local function isSameWrite(h, v)
                return version(h) == version(v) and string.sub(h, $write) == string.sub(v, $write)
            end
            local function principal(h)
                local length = tonumber(string.sub(h, $principal))
                return length and 'u' .. redis.call('GETRANGE', KEYS[1], $fixed + 1, $fixed + length) or ''
            end
            local function principalOf(v)
                local length = tonumber(string.sub(v, $principal))
                return length and 'u' .. string.sub(v, $fixed + 2, $fixed + 1 + length) or ''
            end
            local function lifetime(now, deadline, slack)
                return string.format('%.0f', math.max(deadline - now, 0) + slack)
            end
            local function store(v, deadline, slack, result)
                local done = redis.pcall('SET', KEYS[1], v, 'PX', lifetime(accessed(v), deadline, slack))
                return done.err and done or result
            end
            local function overwrite(offset, text) return redis.pcall('SETRANGE', KEYS[1], offset, text) end
            """;

    private RecordLua() {}

    /** A whole script: reads the header, then does what the body says. */
    static String with(String body) {
        String script = (READ_AND_WRITE + body)
                .replace("$fixed", Integer.toString(StoredForm.FIXED))
                .replace("$format", StoredForm.FORMAT)
                .replace("$ended", StoredForm.ENDED)
                .replace("$start", StoredForm.FORMAT + StoredForm.VERSION.label());
        script = field(script, "version", StoredForm.VERSION);
        script = field(script, "accessed", StoredForm.ACCESSED);
        script = field(script, "expires", StoredForm.EXPIRES);
        script = field(script, "idle", StoredForm.IDLE);
        script = field(script, "write", StoredForm.WRITE);
        return field(script, "principal", StoredForm.PRINCIPAL_LENGTH);
    }

    /** The name alone stands for the two bounds of {@code string.sub}, which count from one. */
    private static String field(String script, String name, StoredForm.Field field) {
        return script.replace("$" + name + ".offset", Integer.toString(field.at()))
                .replace("$" + name + ".label", field.label())
                .replace("$" + name, field.at() + 1 + ", " + field.end());
    }
}

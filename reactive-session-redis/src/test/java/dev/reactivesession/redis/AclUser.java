package dev.reactivesession.redis;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.RedisConfiguration;

/** A user who may send some commands, to keys of ours, and nothing else. */
final class AclUser {

    /** What the README says a store needs. */
    static final String COMMANDS = "+get +evalsha +eval +getrange +set +setrange +pexpire +del";

    static final String INDEX_COMMANDS = "+zadd +zrem +zscore +zrange +zrangebylex +zcount +zscan +time";

    static final String CLUSTER_COMMANDS = "+cluster|nodes +asking";

    private AclUser() {}

    /** Connects as a new user. */
    static <C extends RedisConfiguration & RedisConfiguration.WithAuthentication> C may(
            String commands, List<RedisNode> servers, C configuration) {
        String user = "user" + Sample.id();
        servers.forEach(server -> allow(server, user, commands));
        configuration.setUsername(user);
        configuration.setPassword("secret");
        return configuration;
    }

    private static void allow(RedisNode server, String user, String commands) {
        String rules = "SETUSER " + user + " on >secret ~reactive-session:* -@all " + commands;
        server.with(redis -> redis.dispatch(
                CommandType.ACL,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                        .addValues(Stream.of(rules.split(" ")).toList())));
    }
}

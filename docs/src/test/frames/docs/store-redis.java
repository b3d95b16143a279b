import dev.reactivesession.redis.*;
import dev.reactivesession.store.*;
import dev.reactivesession.store.tiered.*;
import java.time.Duration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.util.retry.Retry;

abstract class Frame {

    LettuceConnectionFactory connectionFactory;
    RedisSessionSettings settings;
    SessionStore redis;

    // block
}

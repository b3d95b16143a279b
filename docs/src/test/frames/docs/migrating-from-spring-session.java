import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.*;
import dev.reactivesession.codec.*;
import dev.reactivesession.codec.json.*;
import dev.reactivesession.engine.*;
import dev.reactivesession.r2dbc.*;
import dev.reactivesession.security.*;
import dev.reactivesession.web.*;
import io.r2dbc.spi.ConnectionFactory;
import java.util.Base64;
import org.springframework.context.annotation.*;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.connection.*;
import org.springframework.data.redis.core.*;
import org.springframework.data.redis.serializer.*;
import org.springframework.http.*;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.web.server.authentication.logout.*;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.data.redis.ReactiveRedisSessionRepository;
import org.springframework.web.reactive.config.*;
import org.springframework.web.reactive.result.method.annotation.*;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

abstract class Frame {

    // block
}

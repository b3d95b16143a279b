import dev.reactivesession.*;
import dev.reactivesession.codec.*;
import dev.reactivesession.codec.json.*;
import dev.reactivesession.cookie.*;
import dev.reactivesession.engine.*;
import dev.reactivesession.store.*;
import dev.reactivesession.web.*;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.web.server.WebFilter;

abstract class Frame {

    SealingKeys keys;
    SealedSessionSettings settings;
    SessionLimits limits;
    SessionStore store;
    Clock clock;
    SecureRandom random;
    Session session;
    SessionId id;

    // block
}

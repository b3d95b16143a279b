import dev.reactivesession.Session;
import java.time.Duration;

abstract class Frame {

    Session session;

    // block
}

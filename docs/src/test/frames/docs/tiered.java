import dev.reactivesession.store.*;
import dev.reactivesession.store.tiered.*;
import java.time.Duration;
import org.slf4j.Logger;

abstract class Frame {

    SessionStore redis;
    SessionStore postgresql;
    Logger log;

    // block
}

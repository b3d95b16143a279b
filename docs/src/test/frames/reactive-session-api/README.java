import dev.reactivesession.engine.*;
import dev.reactivesession.store.*;
import dev.reactivesession.web.*;

abstract class Frame {

    // block
}

import dev.reactivesession.Attribute;
import java.util.List;

abstract class Frame {

    static final class Item {}

    // block
}

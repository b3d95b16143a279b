import dev.reactivesession.Attribute;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

abstract class Frame {

    static final class Item {}

    // block
}

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

abstract class Frame {

    static final Attribute<List<String>> ERRORS = Attribute.listOf("errors", String.class);

    Session session;

    // block
}

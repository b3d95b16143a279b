import dev.reactivesession.r2dbc.*;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;

abstract class Frame {

    String url;

    // block
}

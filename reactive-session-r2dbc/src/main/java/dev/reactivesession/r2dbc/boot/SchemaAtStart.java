package dev.reactivesession.r2dbc.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.r2dbc.SessionSchema;
import dev.reactivesession.r2dbc.boot.R2dbcSessionProperties.Initialization;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Creates or checks the table while the application starts, on the thread that starts it, which has to wait. A database that is down then keeps nobody from
 * starting: the first session finds out.
 */
final class SchemaAtStart {

    private static final Logger LOG = Loggers.getLogger(SchemaAtStart.class);

    private final SessionSchema schema;

    private final Duration patience;

    SchemaAtStart(SessionSchema schema, Duration patience) {
        this.schema = schema;
        this.patience = patience;
    }

    void prepare(Initialization initialization) {
        Mono<Void> preparation = switch (initialization) {
            case ALWAYS -> schema.create();
            case NEVER -> schema.check();
        };
        preparation
                .onErrorComplete(SchemaAtStart::isOutage)
                .toFuture()
                .orTimeout(patience.toMillis() + 1000, TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean isOutage(Throwable error) {
        if (error instanceof SessionException.Unavailable) {
            LOG.warn("the table of the sessions could not be prepared, because the database does not answer", error);
            return true;
        }
        return false;
    }
}

package dev.reactivesession.test.readme;

import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.readme.AcmeServer.AcmeStore;
import org.junit.jupiter.api.Nested;

class AcmeStoreTest {

    private static final AcmeServer SERVER = AcmeServer.start();

    private static final AcmeStore ONE = SERVER.connect();

    private static final AcmeStore ANOTHER = SERVER.connect();

    @Nested
    class KeepsSessions extends SessionStoreContract {

        @Override
        protected AcmeStore store() {
            return ONE;
        }

        @Override
        protected AcmeStore secondNode() {
            return ANOTHER;
        }
    }

    @Nested
    class FindsExpiredSessions extends ExpiredSessionsContract<AcmeStore> {

        @Override
        protected AcmeStore store() {
            return ONE;
        }

        @Override
        protected AcmeStore secondNode() {
            return ANOTHER;
        }
    }
}

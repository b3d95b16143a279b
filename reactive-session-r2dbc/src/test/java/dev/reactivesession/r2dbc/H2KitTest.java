package dev.reactivesession.r2dbc;

import org.junit.jupiter.api.Nested;

/** The whole kit on H2, in memory and in a file. */
class H2KitTest {

    private static final Nodes MEMORY = Nodes.over(H2::memory);

    private static final Nodes FILE = Nodes.over(H2::file);

    @Nested
    class InMemory extends RelationalKit {

        @Override
        Nodes nodes() {
            return MEMORY;
        }
    }

    @Nested
    class InAFile extends RelationalKit {

        @Override
        Nodes nodes() {
            return FILE;
        }
    }
}

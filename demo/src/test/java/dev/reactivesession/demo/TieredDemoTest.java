package dev.reactivesession.demo;

final class TieredDemoTest extends StoredDemoTest {

    TieredDemoTest() {
        super("tiered", "embedded-postgres", "embedded-redis");
    }
}

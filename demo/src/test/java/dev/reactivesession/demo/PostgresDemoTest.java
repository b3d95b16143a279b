package dev.reactivesession.demo;

final class PostgresDemoTest extends StoredDemoTest {

    PostgresDemoTest() {
        super("postgres", "embedded-postgres");
    }
}

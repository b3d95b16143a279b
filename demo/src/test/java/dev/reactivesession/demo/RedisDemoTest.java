package dev.reactivesession.demo;

final class RedisDemoTest extends StoredDemoTest {

    RedisDemoTest() {
        super("redis", "embedded-redis");
    }
}

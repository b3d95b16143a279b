package dev.reactivesession.demo;

final class H2DemoTest extends StoredDemoTest {

    H2DemoTest() {
        super();
    }
}

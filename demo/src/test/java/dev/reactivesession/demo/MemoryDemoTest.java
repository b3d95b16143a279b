package dev.reactivesession.demo;

final class MemoryDemoTest extends StoredDemoTest {

    MemoryDemoTest() {
        super("memory");
    }
}

package dev.reactivesession.redis.chaos;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A server or an application that is killed, paused and started again. */
interface Victim extends AutoCloseable {

    /** Its name in the table. */
    String name();

    /** Its process. */
    ProcessHandle process();

    /** Starts it again, with the data that lie on its disk. */
    void restart() throws Exception;

    @Override
    void close() throws IOException;

    /** As the power supply does. */
    default void kill() {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    default void pause() throws Exception {
        signal("STOP");
    }

    default void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        for (ProcessHandle each : all()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(each.pid()))
                    .start()
                    .waitFor();
        }
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process()), process().descendants()).toList();
    }
}

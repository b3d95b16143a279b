package dev.reactivesession.benchmarks.request.app;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What this process has used since it began.
 *
 * @param cpuNanos time on a processor, of all its threads, the compiler's and the collector's too
 * @param allocated bytes allocated by its Java threads
 */
record Usage(long cpuNanos, long allocated) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Usage now() {
        long[] bytes = THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds());
        return new Usage(
                SYSTEM.getProcessCpuTime(),
                Arrays.stream(bytes).filter(one -> one > 0).sum());
    }

    /** Two numbers. */
    @Override
    public String toString() {
        return cpuNanos + " " + allocated;
    }
}

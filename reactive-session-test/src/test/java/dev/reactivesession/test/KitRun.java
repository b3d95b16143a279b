package dev.reactivesession.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a kit over a store within a test, and tells which of its tests failed. */
final class KitRun {

    private static volatile DelegatingStore store = new DelegatingStore();

    private KitRun() {}

    static DynamicTest broken(Class<?> kit, String rule, String defect, Supplier<DelegatingStore> defective) {
        return DynamicTest.dynamicTest(rule + ": a store that " + defect, () -> {
            FailedTests failed = run(kit, defective.get());
            assertThat(failed.names).anySatisfy(name -> assertThat(name).startsWith(rule));
            assertThat(failed.messages)
                    .anySatisfy(message -> assertThat(message).startsWith("rule " + rule));
        });
    }

    /** The names of the failed tests; what a factory made has the name of the factory in front. */
    static List<String> failures(Class<?> kit, DelegatingStore over) {
        return run(kit, over).names;
    }

    private static synchronized FailedTests run(Class<?> kit, DelegatingStore over) {
        store = over;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(kit))
                .build();
        FailedTests failed = new FailedTests();
        LauncherFactory.create().execute(request, failed);
        return failed;
    }

    private static final class FailedTests implements TestExecutionListener {

        private final List<String> names = new CopyOnWriteArrayList<>();

        private final List<String> messages = new CopyOnWriteArrayList<>();

        private volatile TestPlan plan;

        @Override
        public void testPlanExecutionStarted(TestPlan begun) {
            plan = begun;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                names.add(name(test));
                result.getThrowable().map(Throwable::getMessage).ifPresent(messages::add);
            }
        }

        private String name(TestIdentifier test) {
            return plan.getParent(test)
                    .filter(parent -> test.getUniqueId().contains("dynamic-test"))
                    .map(factory -> factory.getDisplayName() + ": " + test.getDisplayName())
                    .orElse(test.getDisplayName());
        }
    }

    static class Keeps extends SessionStoreContract {

        @Override
        protected DelegatingStore store() {
            return store;
        }

        @Override
        protected DelegatingStore secondNode() {
            return store;
        }
    }

    static class Sweeps extends ExpiredSessionsContract<DelegatingStore> {

        @Override
        protected DelegatingStore store() {
            return store;
        }

        @Override
        protected DelegatingStore secondNode() {
            return store;
        }
    }

    static class Lists extends SessionsByPrincipalContract<DelegatingStore> {

        @Override
        protected DelegatingStore store() {
            return store;
        }

        @Override
        protected DelegatingStore secondNode() {
            return store;
        }
    }

    static class Ends extends AllSessionsContract<DelegatingStore> {

        @Override
        protected DelegatingStore store() {
            return store;
        }

        @Override
        protected DelegatingStore secondNode() {
            return store;
        }
    }
}

package dev.reactivesession.test;

import dev.reactivesession.SessionException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Puts the rule that failed, with its number, in front of the message: a build's log often has nothing else. */
@SuppressWarnings("NullAway") // javac before 17.0.19 does not see that JUnit annotates the type of its invocations
final class RuleNames implements InvocationInterceptor {

    /** Instantiated by JUnit. */
    RuleNames() {}

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        named(invocation, context.getDisplayName());
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        String rule = context.getParent().map(ExtensionContext::getDisplayName).orElse("");
        named(invocation, rule + ", " + context.getDisplayName());
    }

    private static void named(Invocation<Void> invocation, String rule) throws Throwable {
        try {
            invocation.proceed();
        } catch (AssertionError failed) {
            throw named(rule, String.valueOf(failed.getMessage()), failed);
        } catch (SessionException | IllegalStateException failed) {
            throw named(rule, failed.toString(), failed);
        }
    }

    private static AssertionError named(String rule, String message, Throwable failed) {
        AssertionError named = new AssertionError("rule " + rule + ": " + message, failed);
        named.setStackTrace(failed.getStackTrace());
        return named;
    }
}

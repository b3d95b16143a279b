package dev.reactivesession.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Two libraries that both want to keep the sessions. Before Boot's own analyzer, which advises to let one hide the
 * other.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SpringSessionFailureAnalyzer extends AbstractFailureAnalyzer<BeanDefinitionOverrideException> {

    private static final String THEIRS = "org.springframework.session";

    /** Instantiated by Boot. */
    SpringSessionFailureAnalyzer() {}

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanDefinitionOverrideException cause) {
        boolean isBoth = cause.getBeanName().equals(WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
                && (cause.getBeanDefinition() + " " + cause.getExistingDefinition()).contains(THEIRS);
        return isBoth
                ? new FailureAnalysis(
                        "Spring Session and Reactive Session are both on the class path, and both would keep sessions.",
                        "Remove the dependency on Spring Session (org.springframework.session:spring-session-* or"
                                + " spring-boot-starter-session-*), or set reactive-session.enabled=false.",
                        cause)
                : null;
    }
}

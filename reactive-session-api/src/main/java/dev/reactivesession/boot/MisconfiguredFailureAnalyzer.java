package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** A value that breaks a rule: the error names the settings that it is about. */
final class MisconfiguredFailureAnalyzer extends AbstractFailureAnalyzer<SessionException.Misconfigured> {

    private static final Pattern SETTING = Pattern.compile("(?:reactive-session|spring)\\.[a-z0-9]+(?:[.-][a-z0-9]+)*");

    private final Environment environment;

    MisconfiguredFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SessionException.Misconfigured cause) {
        String message = Objects.requireNonNull(cause.getMessage());
        return new WrongSetting(environment)
                .analysis(message, SETTING.matcher(message).results().map(MatchResult::group), cause);
    }
}

package dev.reactivesession.laws;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import reactor.core.publisher.Operators;

/**
 * Reads every line that is logged, at every level, and remembers where something that could be a token was in it, and
 * which errors Reactor dropped because nobody was left to get them.
 */
public final class TokenWatch extends AppenderBase<ILoggingEvent> {

    static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    static final Queue<String> DROPPED = new ConcurrentLinkedQueue<>();

    static final AtomicLong LINES = new AtomicLong();

    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{64}(?![A-Za-z0-9_-])");

    @Override
    protected void append(ILoggingEvent event) {
        LINES.incrementAndGet();
        check(event.getLoggerName(), event.getFormattedMessage());
        if (event.getLevel() == Level.ERROR && event.getLoggerName().equals(Operators.class.getName())) {
            DROPPED.add(event.getFormattedMessage());
        }
        for (IThrowableProxy error = event.getThrowableProxy(); error != null; error = error.getCause()) {
            check(event.getLoggerName(), String.valueOf(error.getMessage()));
        }
    }

    private static void check(String logger, String text) {
        if (TOKEN.matcher(text).find()) {
            FOUND.add(logger);
        }
    }
}

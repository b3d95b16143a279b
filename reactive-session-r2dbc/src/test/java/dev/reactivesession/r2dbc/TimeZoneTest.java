package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.time.Duration;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node writes in one time zone another reads in another; only the times given count. */
class TimeZoneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Option<Object> TIME_ZONE = Option.valueOf("timeZone");

    private final R2dbcSessionSettings settings = Table.createdOn(Postgresql.connections());

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "Europe/Dublin"})
    void timesAreTheSameInEveryTimeZoneOfTheSession(String zone) {
        R2dbcSessionStore there = R2dbcSessionStore.of(in(zone), settings);
        R2dbcSessionStore here = R2dbcSessionStore.of(in("Pacific/Marquesas"), settings);
        SessionRecord record = Samples.session();
        there.insert(record).block(PATIENCE);
        assertThat(here.find(record.id()).block(PATIENCE)).isEqualTo(record);
        assertThat(here.touch(
                                record.id(),
                                record.expiresAt(),
                                record.expiresAt().plusSeconds(1))
                        .block(PATIENCE))
                .as("at exactly the deadline")
                .isFalse();
        assertThat(here.touch(
                                record.id(),
                                record.expiresAt().minusMillis(1),
                                record.expiresAt().plusMillis(1))
                        .block(PATIENCE))
                .isTrue();
        assertThat(there.expired(record.expiresAt()).collectList().block(PATIENCE))
                .doesNotContain(record.id());
        assertThat(there.expired(record.expiresAt().plusMillis(1)).collectList().block(PATIENCE))
                .contains(record.id());
    }

    private static ConnectionFactory in(String zone) {
        return ConnectionFactories.get(ConnectionFactoryOptions.builder()
                .from(Postgresql.options())
                .option(TIME_ZONE, TimeZone.getTimeZone(zone))
                .build());
    }
}

package dev.reactivesession.r2dbc.boot;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.r2dbc.OptionsCapableConnectionFactory;
import org.springframework.util.ClassUtils;

/** The options from which Boot has made a connection factory. */
final class KnownOptions {

    private static final boolean BOOT_MAKES_FACTORIES = ClassUtils.isPresent(
            "org.springframework.boot.r2dbc.OptionsCapableConnectionFactory", KnownOptions.class.getClassLoader());

    private KnownOptions() {}

    static @Nullable ConnectionFactoryOptions of(ConnectionFactory connections) {
        return BOOT_MAKES_FACTORIES ? Capable.options(connections) : null;
    }

    private static final class Capable {

        static @Nullable ConnectionFactoryOptions options(ConnectionFactory connections) {
            OptionsCapableConnectionFactory capable = OptionsCapableConnectionFactory.unwrapFrom(connections);
            return capable == null ? null : capable.getOptions();
        }
    }
}

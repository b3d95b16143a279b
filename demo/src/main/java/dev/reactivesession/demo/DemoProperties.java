package dev.reactivesession.demo;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the demo.
 *
 * @param purgeToken What whoever calls the purge endpoint must know.
 * @param data Where the demo keeps its files.
 * @param crowd How many visitors come by at once, to leave something to sweep.
 */
@ConfigurationProperties("demo")
record DemoProperties(
        @DefaultValue("demo") String purgeToken,
        @DefaultValue("./data") Path data,
        @DefaultValue("2000") int crowd) {

    @Override
    public String toString() {
        return "DemoProperties[data=" + data + ", crowd=" + crowd + "]";
    }
}

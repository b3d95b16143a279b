package dev.reactivesession.boot;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Whether the server under the application is one that stops reading from connections that are kept alive. */
final class NettyVersion {

    private static final String SERVER = "reactor.netty.http.server.HttpServer";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

    private static final int FIRST_GOOD = 1_003_008;

    private static final int THOUSAND = 1000;

    private NettyVersion() {}

    /**
     * A warning, where there is a reason for one. A server of another kind, and an unknown version, give
     * none.
     */
    static Optional<String> warning(@Nullable ClassLoader loader) {
        return ClassUtils.isPresent(SERVER, loader)
                ? Optional.ofNullable(
                                ClassUtils.resolveClassName(SERVER, loader).getPackage())
                        .map(Package::getImplementationVersion)
                        .filter(NettyVersion::isTooOld)
                        .map(NettyVersion::text)
                : Optional.empty();
    }

    static boolean isTooOld(String version) {
        Matcher parts = VERSION.matcher(version);
        return parts.matches()
                && (Integer.parseInt(parts.group(1)) * THOUSAND + Integer.parseInt(parts.group(2))) * THOUSAND
                                + Integer.parseInt(parts.group(3))
                        < FIRST_GOOD;
    }

    private static String text(String version) {
        return "reactor-netty " + version + " stops reading from connections that are kept alive, so that requests hang"
                + " (https://github.com/reactor/reactor-netty/issues/4361). Use 1.3.8 or later: the BOM"
                + " dev.reactivesession:reactive-session-bom brings it, imported before that of Spring Boot.";
    }
}

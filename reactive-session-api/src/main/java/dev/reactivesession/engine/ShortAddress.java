package dev.reactivesession.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address without its end, which tells a network rather than a household. */
final class ShortAddress {

    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.)[0-9]{1,3}");

    private static final int KEPT_OF_IPV6 = 6;

    private ShortAddress() {}

    /** Null when the text is no address. */
    static @Nullable String of(String address) {
        Matcher ipv4 = IPV4.matcher(address);
        if (ipv4.matches()) {
            return ipv4.group(1) + "0";
        }
        return address.indexOf(':') < 0 ? null : ofIpv6(address);
    }

    /** With a colon a text is an address or refused; no other is given to this, because it would ask for its name. */
    private static @Nullable String ofIpv6(String address) {
        try {
            InetAddress full = InetAddress.getByName(address);
            byte[] bytes = full.getAddress();
            return bytes.length == Integer.BYTES
                    ? of(full.getHostAddress())
                    : InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(bytes, KEPT_OF_IPV6), bytes.length))
                            .getHostAddress();
        } catch (
                @SuppressWarnings("UnusedException") // a client may have sent it
                UnknownHostException none) {
            return null;
        }
    }
}

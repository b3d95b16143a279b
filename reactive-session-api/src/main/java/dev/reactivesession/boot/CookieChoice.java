package dev.reactivesession.boot;

import static dev.reactivesession.boot.SettingsMapping.otherwise;

import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.SameSite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Cookie;

/** The attributes of the cookie: ours, or else Boot's, or else the safe ones. */
final class CookieChoice {

    private CookieChoice() {}

    static CookieSettings of(SessionProperties.Cookie ours, Cookie boot, int chunks) {
        boolean secure = otherwise(ours.secure(), otherwise(boot.getSecure(), true));
        String path = otherwise(ours.path(), otherwise(boot.getPath(), "/"));
        String domain = ours.domain() == null ? boot.getDomain() : ours.domain();
        return new CookieSettings(
                otherwise(ours.name(), otherwise(boot.getName(), strictestName(secure, path, domain))),
                path,
                domain,
                secure,
                otherwise(boot.getHttpOnly(), true),
                otherwise(ours.sameSite(), sameSite(boot.getSameSite())),
                ours.maxAge() == null ? maxAge(boot.getMaxAge()) : ours.maxAge(),
                otherwise(ours.partitioned(), otherwise(boot.getPartitioned(), false)),
                chunks);
    }

    /** A prefix promises the browser something about the other attributes; the strictest promise that they keep. */
    private static String strictestName(boolean secure, String path, @Nullable String domain) {
        if (!secure) {
            return CookieSettings.forPlainHttp().name();
        }
        return path.equals("/") && domain == null ? CookieSettings.defaults().name() : "__Secure-session";
    }

    /** Boot can leave the attribute out, and leave the choice to the browser; here it is always said. */
    private static SameSite sameSite(Cookie.@Nullable SameSite boot) {
        return boot == null || boot == Cookie.SameSite.OMITTED ? SameSite.LAX : SameSite.valueOf(boot.name());
    }

    /** Boot says "until the browser is closed" with a negative time. */
    private static @Nullable Duration maxAge(@Nullable Duration boot) {
        return boot == null || boot.isNegative() ? null : boot;
    }
}

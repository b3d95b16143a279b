package dev.reactivesession.boot;

import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/** Sizes in the form of settings, {@code 64MB}, in place of bytes alone. */
final class SizeText {

    private static final Pattern BYTES = Pattern.compile("\\b(\\d{4,18})B\\b");

    private static final long STEP = 1024;

    private SizeText() {}

    static String in(String text) {
        return BYTES.matcher(text).replaceAll(size -> written(DataSize.ofBytes(Long.parseLong(size.group(1)))));
    }

    private static String written(DataSize size) {
        long bytes = size.toBytes();
        if (bytes % (STEP * STEP * STEP) == 0) {
            return size.toGigabytes() + "GB";
        }
        if (bytes % (STEP * STEP) == 0) {
            return size.toMegabytes() + "MB";
        }
        return bytes % STEP == 0 ? size.toKilobytes() + "KB" : bytes + "B";
    }
}

package dev.reactivesession.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Renews the pictures of the page in docs/pictures: its scenes played, wide and narrow, light and dark. */
final class Screenshots {

    private static final List<Map.Entry<String, String>> SCENES = List.of(
            Map.entry("two-attributes", "Both stayed"),
            Map.entry("one-cart", "Both stayed"),
            Map.entry("many-counts", "0 lost"),
            Map.entry("late-save", "Logged out"),
            Map.entry("old-token", "Logged in"),
            Map.entry("outage", "Back: 200"),
            Map.entry("second-node", "one session"),
            Map.entry("ended-stream", "The stream on the other node ended"));

    private Screenshots() {}

    public static void main(String[] directory) throws IOException {
        Path data = RunningDemo.newDirectory();
        try (RunningDemo demo = RunningDemo.start(data, "redis", "embedded-redis");
                Chromium browser = Chromium.start(data.resolve("profile"))) {
            browser.open(demo.address()).click("#untouched").awaitText("counter", "20 requests answered");
            SCENES.forEach(scene -> played(scene, browser));
            for (int width : List.of(1280, 390)) {
                String last = width == 390 ? "old-token" : "ended-stream";
                for (String colours : List.of("light", "dark")) {
                    Path file = Path.of(directory[0], "demo-" + width + "-" + colours + ".png");
                    Files.write(file, browser.picture(width, last, colours));
                }
            }
        }
        System.exit(0);
    }

    private static void played(Map.Entry<String, String> scene, Chromium browser) {
        browser.click("[data-scene=" + scene.getKey() + "]").awaitText(scene.getKey() + "-said", scene.getValue());
    }
}

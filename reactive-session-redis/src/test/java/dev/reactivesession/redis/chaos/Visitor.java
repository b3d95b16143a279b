package dev.reactivesession.redis.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A visitor who increments, logs in, comes back and logs out, on either node. A request without a good answer may have
 * been carried out: after an unanswered login or logout the visitor begins anew.
 */
final class Visitor implements Runnable {

    private static final int ATTEMPTS_AT_THE_END = 30;

    private static final Duration PAUSE_AFTER_A_FAILURE = Duration.ofMillis(50);

    private static final Pattern COOKIE = Pattern.compile("__Host-session=([^;]*)");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String name;

    private final List<URI> nodes;

    private final History history;

    private final AtomicInteger numbers = new AtomicInteger();

    private final Set<String> acknowledged = new HashSet<>();

    private volatile boolean enough;

    private String token = "";

    private String user = ChaosApplication.NOBODY;

    Visitor(String name, List<URI> nodes, History history) {
        this.name = name;
        this.nodes = nodes;
        this.history = history;
    }

    /** Lets it end after its current visit. */
    void stop() {
        enough = true;
    }

    @Override
    public void run() {
        while (!enough) {
            int die = ThreadLocalRandom.current().nextInt(20);
            if (token.isEmpty()) {
                create();
            } else if (die < 11) {
                increment(die < 4 ? 2 : 1);
            } else if (die < 14) {
                look();
            } else if (die < 16) {
                comeBackWithADeadToken();
            } else if (die < 18) {
                logIn();
            } else {
                logOut();
            }
        }
    }

    /** When nothing fails any more: every acknowledged increment is there. */
    void lookAtTheEnd() {
        if (!token.isEmpty()) {
            for (int node = 0; node < nodes.size(); node++) {
                compare(lookAtLast(node, token));
            }
        }
    }

    private void create() {
        String number = nextNumber();
        answer(request(anyNode(), "POST", "/increment?number=" + number, "")).ifPresent(answer -> {
            acknowledged.add(number);
            history.created.incrementAndGet();
            takeToken(answer);
        });
    }

    private void increment(int atOnce) {
        List<String> batch =
                IntStream.range(0, atOnce).mapToObj(index -> nextNumber()).toList();
        List<CompletableFuture<HttpResponse<String>>> answers = batch.stream()
                .map(number -> request(anyNode(), "POST", "/increment?number=" + number, token))
                .toList();
        String latest = null;
        for (int index = 0; index < atOnce; index++) {
            Optional<HttpResponse<String>> answer = answer(answers.get(index));
            if (answer.isPresent()) {
                acknowledged.add(batch.get(index));
                latest = atOnce == 1 ? answer.get().body() : null;
            }
        }
        if (latest != null) {
            compare(latest);
        }
    }

    private void look() {
        answer(request(anyNode(), "GET", "/look", token)).ifPresent(answer -> compareUser(answer.body()));
    }

    private void logIn() {
        String former = token;
        String as = name + "-" + numbers.incrementAndGet();
        Optional<HttpResponse<String>> answer = answer(request(anyNode(), "POST", "/login?user=" + as, token));
        if (answer.isEmpty()) {
            beginAnew();
            return;
        }
        compare(answer.get().body().replaceFirst("^\\S+", user));
        history.loggedIn.incrementAndGet();
        user = as;
        takeToken(answer.get());
        history.ended(former);
        look();
    }

    private void logOut() {
        Optional<HttpResponse<String>> answer = answer(request(anyNode(), "POST", "/logout", token));
        if (answer.isPresent()) {
            history.loggedOut.incrementAndGet();
            history.ended(token);
        }
        beginAnew();
    }

    private void comeBackWithADeadToken() {
        History.Dead dead = history.anyDead();
        if (dead != null) {
            answer(request(anyNode(), "GET", "/look", dead.token())).ifPresent(answer -> requireDead(answer.body()));
        }
    }

    /** When nothing fails any more. */
    void comeBackWith(History.Dead dead) {
        for (int node = 0; node < nodes.size(); node++) {
            requireDead(lookAtLast(node, dead.token()));
        }
    }

    /** A busy machine may need more than one attempt. */
    private String lookAtLast(int node, String with) {
        for (int attempt = 0; attempt < ATTEMPTS_AT_THE_END; attempt++) {
            Optional<HttpResponse<String>> answer = answer(request(node, "GET", "/look", with));
            if (answer.isPresent()) {
                return answer.get().body();
            }
        }
        throw new IllegalStateException("no answer at the end from " + nodes.get(node));
    }

    private void requireDead(String line) {
        if (!line.equals(ChaosApplication.NOBODY + " ")) {
            history.risen.add(line);
        }
    }

    private void compare(String line) {
        compareUser(line);
        history.compare(name, line.substring(line.indexOf(' ') + 1), acknowledged);
    }

    private void compareUser(String line) {
        if (!line.startsWith(user + " ")) {
            history.forgotten.add(name + " is " + user + ", but was answered " + line.split(" ", -1)[0]);
        }
    }

    private void takeToken(HttpResponse<String> answer) {
        answer.headers().allValues("set-cookie").forEach(header -> {
            Matcher cookie = COOKIE.matcher(header);
            if (cookie.find()) {
                token = cookie.group(1);
            }
        });
    }

    private void beginAnew() {
        token = "";
        user = ChaosApplication.NOBODY;
        acknowledged.clear();
    }

    private Optional<HttpResponse<String>> answer(CompletableFuture<HttpResponse<String>> request) {
        Optional<HttpResponse<String>> answer = request.handle(
                        (response, error) -> Optional.ofNullable(response).filter(good -> good.statusCode() == 200))
                .join();
        if (answer.isPresent()) {
            history.acknowledged.incrementAndGet();
        } else {
            history.unanswered.incrementAndGet();
            LockSupport.parkNanos(PAUSE_AFTER_A_FAILURE.toNanos());
        }
        return answer;
    }

    private CompletableFuture<HttpResponse<String>> request(int node, String method, String path, String with) {
        HttpRequest.Builder request = HttpRequest.newBuilder(nodes.get(node).resolve(path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!with.isEmpty()) {
            request.header("Cookie", "__Host-session=" + with);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private String nextNumber() {
        return Integer.toString(numbers.incrementAndGet());
    }

    private int anyNode() {
        return ThreadLocalRandom.current().nextInt(nodes.size());
    }
}

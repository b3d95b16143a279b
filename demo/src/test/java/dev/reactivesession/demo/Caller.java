package dev.reactivesession.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Somebody with an HTTP client that keeps cookies. */
final class Caller {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CookieManager cookies = new CookieManager();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .connectTimeout(PATIENCE)
            .build();

    private final URI address;

    Caller(URI address) {
        this.address = address;
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, "");
    }

    HttpResponse<String> post(String path) {
        return call("POST", path, "");
    }

    HttpResponse<String> put(String path, String text) {
        return call("PUT", path, text, "Content-Type", "text/plain");
    }

    HttpResponse<String> delete(String path) {
        return call("DELETE", path, "");
    }

    HttpResponse<String> purge(String token) {
        return call("POST", "/sessions/purge", "", "Authorization", "Bearer " + token);
    }

    HttpResponse<String> crowd(String token) {
        return call("POST", "/crowd", "", "Authorization", "Bearer " + token);
    }

    HttpResponse<String> login(String username, String password) {
        String form = "username=" + username + "&password=" + password;
        return call("POST", "/login", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    Caller loggedInAs(String username) {
        get("/login");
        String answer = login(username, "secret").body();
        if (!answer.equals("You're logged in.")) {
            throw new AssertionError(answer);
        }
        return this;
    }

    HttpResponse<String> call(String method, String path, String body, String... headers) {
        return send(request(method, path, body, headers), BodyHandlers.ofString());
    }

    CompletableFuture<String> getLater(String path) {
        return client.sendAsync(request("GET", path, ""), BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }

    /** The lines of an answer, as they come. */
    HttpResponse<Stream<String>> listen(String path, String... headers) {
        return send(request("GET", path, "", headers), BodyHandlers.ofLines());
    }

    HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    /** Somebody who got hold of this caller's cookies. */
    Caller thief() {
        Caller thief = new Caller(address);
        cookies().forEach(cookie -> thief.cookies.getCookieStore().add(address, cookie));
        return thief;
    }
}

package dev.reactivesession.kotlin

import dev.reactivesession.Attribute
import dev.reactivesession.Session
import dev.reactivesession.engine.SessionEngine
import dev.reactivesession.store.InMemorySessionStore
import dev.reactivesession.web.CookieSettings
import dev.reactivesession.web.CookieTransport
import dev.reactivesession.web.SessionAccess
import dev.reactivesession.web.SessionWebFilter
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.reactive.asPublisher
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.awaitSingleOrNull
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.test.web.reactive.server.WebTestClient
import org.springframework.test.web.reactive.server.expectBody
import org.springframework.web.reactive.function.server.ServerRequest
import org.springframework.web.reactive.function.server.ServerResponse
import org.springframework.web.reactive.function.server.bodyValueAndAwait
import org.springframework.web.reactive.function.server.coRouter

/** A session in a coroutine. That this compiles shows what may be null and what may not. */
class CoroutinesTest {

    init {
        // the first use looks for services on the class path, which reads files: not in a handler
        emptyFlow<String>().asPublisher()
    }

    private val hits = Attribute.of("hits", Int::class.javaObjectType)

    private val engine = SessionEngine.over(InMemorySessionStore()).build()

    private val shop = WebTestClient
        .bindToRouterFunction(coRouter { GET("/cart", ::cart) })
        .webFilter<WebTestClient.RouterFunctionSpec>(
            SessionWebFilter(engine, CookieTransport(CookieSettings.defaults())))
        .configureClient()
        .build()

    private suspend fun cart(request: ServerRequest): ServerResponse {
        val session: Session = SessionAccess.session(request).awaitSingle()
        val products: MutableList<String> = session.computeIfAbsent("products") { ArrayList<String>() }
        products += "tea"
        val note: String? = session["note"]
        val visits: Int? = session.compute(hits) { before -> (before ?: 0) + 1 }
        session.save().awaitSingleOrNull()
        return ServerResponse.ok().bodyValueAndAwait("$products ${note ?: "no note"} $visits")
    }

    @Test
    fun `a handler that suspends reads, changes and saves its session`() {
        shop.get().uri("/cart").exchange().expectStatus().isOk.expectBody<String>().isEqualTo("[tea] no note 1")
    }

    @Test
    fun `sessions outside of a request are awaited too`() = runBlocking<Unit> {
        shop.get().uri("/cart").exchange().expectStatus().isOk

        assertThat(engine.sessions().terminateAll("nobody").awaitSingle()).isZero()
        assertThat(engine.sessions().findByPrincipal("nobody").collectList().awaitSingle()).isEmpty()
    }
}

package dev.reactivesession.test.web;

import org.junit.jupiter.api.Timeout;

/**
 * The things applications build on sessions, over HTTP, on two nodes over one back end. A back end joins it with two
 * engines:
 *
 * <pre>{@code
 * @Nested
 * class Features extends SessionFeaturesContract {
 *
 *     @Override
 *     protected SessionEngineBuilder engine() {
 *         return SessionEngine.over(one);
 *     }
 *
 *     @Override
 *     protected SessionEngineBuilder engineOfSecondNode() {
 *         return SessionEngine.over(other);
 *     }
 * }
 * }</pre>
 */
@Timeout(300)
public abstract class SessionFeaturesContract extends PersonalDataRules {

    /** For subclasses. */
    protected SessionFeaturesContract() {}
}

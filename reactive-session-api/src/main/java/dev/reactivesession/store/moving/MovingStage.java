package dev.reactivesession.store.moving;

/** The two stages of a move. Every node is in the first before any node enters the second. */
public enum MovingStage {

    /** New sessions still begin in the former store, and nothing is moved; moved sessions are known. */
    PREPARE,

    /** New sessions begin in the next store, and others are moved there at their first save or touch. */
    MOVE
}

#include "ui/browser/MemoryEdit.h"

#include "ui/browser/Memory.h"

#include <algorithm>

namespace corscope {

namespace {

const auto& itemsOf(const CookieJar& jar) { return jar.cookies(); }
const auto& itemsOf(const PreflightCache& cache) { return cache.entries(); }
const auto& itemsOf(const HttpCache& cache) { return cache.stored(); }

template<typename Store>
void changeAlike(Store& store, const Store& from, const Store& to)
{
    if (itemsOf(store) == itemsOf(from)) {
        store = to; // the order too
        return;
    }
    const auto& old = itemsOf(from);
    const auto& wanted = itemsOf(to);
    for (const auto& item : old)
        if (std::find(wanted.begin(), wanted.end(), item) == wanted.end())
            store.remove(item);
    for (const auto& item : wanted)
        if (std::find(old.begin(), old.end(), item) == old.end())
            store.put(item);
}

Instant newestMemory(const Browser& browser)
{
    Instant newest = Clock::start;
    for (const auto& cookie : browser.cookieJar.cookies())
        newest = std::max({newest, cookie.created, cookie.lastAccess});
    for (const auto& entry : browser.preflightCache.entries())
        newest = std::max(newest, entry.stored);
    for (const auto& stored : browser.httpCache.stored())
        newest = std::max(newest, stored->received);
    return newest;
}

} // namespace

bool remembersTheSame(const Browser& a, const Browser& b)
{
    return a.clock.now() == b.clock.now() && a.cookieJar == b.cookieJar && a.preflightCache == b.preflightCache
        && a.httpCache.stored() == b.httpCache.stored() && a.openConnections == b.openConnections
        && a.authenticationEntries.entries() == b.authenticationEntries.entries();
}

Browser changedAlike(Browser browser, const Browser& from, const Browser& to)
{
    changeAlike(browser.cookieJar, from.cookieJar, to.cookieJar);
    changeAlike(browser.preflightCache, from.preflightCache, to.preflightCache);
    changeAlike(browser.httpCache, from.httpCache, to.httpCache);
    if (browser.authenticationEntries.entries() == from.authenticationEntries.entries())
        browser.authenticationEntries = to.authenticationEntries;
    if (browser.openConnections == from.openConnections)
        browser.openConnections = to.openConnections;
    const auto by = to.clock.now() - from.clock.now();
    const auto now = browser.clock.now();
    browser.clock = Clock(by < Milliseconds(0) ? std::max(now + by, std::min(now, newestMemory(browser))) : now + by);
    return browser;
}

MemoryEdit::MemoryEdit(Memory& memory, const QString& name, const QByteArray& mergeKey, const Browser& after)
    : QUndoCommand(name), m_memory(&memory), m_mergeKey(mergeKey), m_before(memory.browser()), m_after(after)
{
}

void MemoryEdit::undo()
{
    if (m_memory)
        m_memory->changeAlike(m_after, m_before);
}

void MemoryEdit::redo()
{
    if (m_memory)
        m_memory->changeAlike(m_before, m_after);
}

bool MemoryEdit::mergeWith(const QUndoCommand* other)
{
    const auto* next = static_cast<const MemoryEdit*>(other);
    if (next->m_mergeKey != m_mergeKey || !remembersTheSame(next->m_before, m_after))
        return false;
    m_after = next->m_after;
    setObsolete(remembersTheSame(m_before, m_after));
    return true;
}

} // namespace corscope

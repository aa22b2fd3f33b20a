#include "core/backend/frameworks/SharedResponse.h"

#include "core/base/Ascii.h"

namespace corscope {

namespace {

bool contains(const QList<QByteArray>& names, const QByteArray& name)
{
    return std::any_of(names.begin(), names.end(), [&](const auto& n) { return ascii::equalIgnoringCase(n, name); });
}

/// Whether an application that answers with this Vary line set it rather than added it. Its answer does not say: `*`
/// and what is named already are taken for set, another field for added.
bool looksSet(const QByteArray& vary, const QList<QByteArray>& before)
{
    return vary == "*" || std::any_of(before.begin(), before.end(), [&](const auto& line) {
               return ascii::equalIgnoringCase(line, vary);
           });
}

} // namespace

void SharedResponse::set(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    m_headers.set(name, value);
    m_added.removeAll(name);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

void SharedResponse::add(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    if (!m_headers.contains(name))
        m_added.append(name);
    m_headers.append(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

StageAnswer SharedResponse::ended(int status, const QByteArray& body) const
{
    return {{status, reasonPhrase(status), m_headers, body}, false, m_added};
}

void SharedResponse::takeOver(StageAnswer& answer, const char* number, Spec& spec) const
{
    auto headers = m_headers;
    auto added = m_added;
    QList<QByteArray> replaced;
    for (const auto& header : answer.response.headers) {
        const auto& name = header.name;
        if (!m_headers.contains(name)) {
            headers.append(name, header.value);
            if (contains(answer.added, name) && !contains(added, name))
                added.append(name);
            continue;
        }
        const bool isVary = ascii::equalIgnoringCase(name, "Vary");
        const bool joins = contains(replaced, name) || contains(answer.added, name)
            || (isVary && !looksSet(header.value, m_headers.values("Vary")));
        if (joins) {
            headers.append(name, header.value);
            continue;
        }
        headers.set(name, header.value);
        replaced.append(name);
        added.removeIf([&](const auto& n) { return ascii::equalIgnoringCase(n, name); });
        if (spec.listening())
            spec.let(number, name.constData(), header.value);
    }
    answer.response.headers = headers;
    answer.added = added;
}

} // namespace corscope

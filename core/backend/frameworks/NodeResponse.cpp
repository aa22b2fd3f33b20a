#include "core/backend/frameworks/NodeResponse.h"

#include "core/base/Ascii.h"

namespace corscope {

namespace {

bool names(const QByteArray& vary, QByteArrayView field)
{
    for (const auto& item : vary.split(','))
        if (item.trimmed() == "*" || ascii::equalIgnoringCase(item.trimmed(), field))
            return true;
    return false;
}

/// An application's Vary beside one that is there already: `*` takes its place, what is named already adds nothing, a
/// redirect of Express joins its own field, and anything else is taken for a line that was appended.
void addVary(HeaderList& headers, const QByteArray& value, bool redirect)
{
    const auto before = headers.values("Vary").value(0);
    if (value == "*")
        headers.set("Vary", value);
    else if (names(before, value))
        return;
    else if (redirect)
        headers.combine("Vary", value);
    else
        headers.append("Vary", value);
}

} // namespace

void NodeResponse::set(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    m_headers.set(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

void NodeResponse::append(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    m_headers.append(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

void NodeResponse::vary(const QByteArray& field, const char* number, Spec& spec)
{
    if (!names(m_headers.values("Vary").value(0), field))
        m_headers.combine("Vary", field);
    if (spec.listening())
        spec.let(number, "Vary", m_headers.get("Vary").value_or(QByteArray()));
}

void NodeResponse::takeOver(ResponseMessage& answer, const char* number, Spec& spec) const
{
    auto headers = m_headers;
    const bool redirect = answer.status >= 300 && answer.status <= 399;
    for (const auto& header : answer.headers) {
        if (ascii::equalIgnoringCase(header.name, "Vary") && m_headers.contains("Vary")) {
            addVary(headers, header.value, redirect);
        } else if (m_headers.contains(header.name)) {
            headers.set(header.name, header.value);
            if (spec.listening())
                spec.let(number, header.name.constData(), header.value);
        } else {
            headers.append(header.name, header.value);
        }
    }
    answer.headers = headers;
}

} // namespace corscope

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

/// An application's Vary beside one that is there already: `*` or the same field takes its place, what is named already
/// adds nothing, and anything else is taken for something that was added.
void addVary(HeaderList& headers, const QByteArray& value, bool combined)
{
    const auto before = headers.values("Vary").value(0);
    if (value == "*" || ascii::equalIgnoringCase(before, value))
        headers.set("Vary", value);
    else if (!combined && !names(before, value))
        headers.append("Vary", value);
    else if (combined)
        for (const auto& field : value.split(','))
            if (!names(before, field.trimmed()))
                headers.combine("Vary", field.trimmed());
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

void NodeResponse::takeOver(ResponseMessage& answer, const char* number, Spec& spec, HandlerVary vary) const
{
    auto headers = m_headers;
    // A redirect of Express joins its own field.
    const bool combined = vary == HandlerVary::Combined || (answer.status >= 300 && answer.status <= 399);
    for (const auto& header : answer.headers) {
        if (ascii::equalIgnoringCase(header.name, "Vary") && m_headers.contains("Vary")) {
            addVary(headers, header.value, combined);
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

void decideByOrigin(const char* number, const std::optional<QByteArray>& origin, const ResponseMessage& answer,
                    StageContext& context)
{
    if (!context.spec().listening())
        return;
    static constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
    const auto allowed = answer.headers.get(allowOrigin);
    const bool granted = allowed && (allowed == "*" || !origin || allowed == origin);
    context.decide(number, granted ? Verdict::Success : Verdict::Failure, {{allowOrigin, allowed, origin}}, answer,
                   allowOrigin);
}

ResponseMessage ownAnswer(int status, const HeaderList& headers, const QByteArray& contentType, const QByteArray& body)
{
    ResponseMessage answer{status, reasonPhrase(status), headers, body};
    if (!contentType.isEmpty())
        answer.headers.set("content-type", contentType);
    return answer;
}

} // namespace corscope

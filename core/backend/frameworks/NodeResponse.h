#pragma once

#include "core/backend/Stage.h"

namespace corscope {

/// The response object, as in Node.js, that middleware and handlers share: what a middleware sets stands there before the
/// handler runs, and what the handler sets later replaces it.
class NodeResponse
{
public:
    /// How a handler puts down its own Vary where there is one already.
    enum class HandlerVary {
        Line,     ///< in a line of its own
        Combined, ///< in the same line
    };

    NodeResponse() = default;
    /// Further headers for an answer that a handler has given.
    explicit NodeResponse(const HeaderList& headers) : m_headers(headers) {}

    void set(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec);
    /// Adds a line, also beside one of that name.
    void append(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec);
    /// Adds a field to Vary, as the package of that name does: once, and not next to `*`.
    void vary(const QByteArray& field, const char* number, Spec& spec);
    const HeaderList& headers() const { return m_headers; }

    /// Puts the headers under those of the application's answer. \param number of the rule for every header of ours
    /// that the application replaced
    void takeOver(ResponseMessage& answer, const char* number, Spec& spec,
                  HandlerVary vary = HandlerVary::Line) const;

private:
    HeaderList m_headers;
};

/// The verdict of a middleware that has none of its own: what it put on the answer is one.
void decideByOrigin(const char* number, const std::optional<QByteArray>& origin, const ResponseMessage& answer,
                    StageContext& context);

/// An answer with a status and text, as frameworks write them where a handler does not.
ResponseMessage ownAnswer(int status, const HeaderList& headers, const QByteArray& contentType = {},
                          const QByteArray& body = {});

} // namespace corscope

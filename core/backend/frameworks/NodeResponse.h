#pragma once

#include "core/http/Message.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// The response object, as in Node.js, that middleware and handlers share: what a middleware sets stands there before the
/// handler runs, and what the handler sets later replaces it.
class NodeResponse
{
public:
    void set(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec);
    /// Adds a line, also beside one of that name.
    void append(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec);
    /// Adds a field to Vary, as the package of that name does: once, and not next to `*`.
    void vary(const QByteArray& field, const char* number, Spec& spec);
    const HeaderList& headers() const { return m_headers; }

    /// Puts the headers under those of the application's answer. \param number of the rule for every header of ours
    /// that the application replaced
    void takeOver(ResponseMessage& answer, const char* number, Spec& spec) const;

private:
    HeaderList m_headers;
};

} // namespace corscope

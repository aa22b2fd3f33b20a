#pragma once

#include "core/backend/Stage.h"

namespace corscope {

/// The response that middleware and handlers share in Go and in Java's servlets: what a middleware writes stands there
/// before the handler runs; what is set later replaces it, what is added later joins it.
class SharedResponse
{
public:
    void set(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec);
    void add(const QByteArray& name, const QByteArray& value, const char* number, Spec& spec);
    const HeaderList& headers() const { return m_headers; }

    /// An answer that ends here.
    StageAnswer ended(int status, const QByteArray& body = {}) const;
    /// Puts the headers under those of the answer that came from further in. \param number of the rule for every
    /// header of ours that was replaced
    void takeOver(StageAnswer& answer, const char* number, Spec& spec) const;

private:
    HeaderList m_headers;
    QList<QByteArray> m_added; ///< names whose lines join what was there before
};

} // namespace corscope

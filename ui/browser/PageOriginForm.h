#pragma once

#include <QWidget>

#include <functional>

namespace corscope {

class AddressRow;
class ScenarioDocument;
struct PageConfig;

/// Where the page stands whose script makes the selected request: an address, or an opaque origin.
class PageOriginForm : public QWidget
{
    Q_OBJECT
public:
    explicit PageOriginForm(ScenarioDocument& document, QWidget* parent = nullptr);
    bool wantsWidth() const;

Q_SIGNALS:
    void addressShown();

private:
    void refresh();
    void edit(const QString& name, const QByteArray& mergeKey, const std::function<void(PageConfig&)>& change);

    ScenarioDocument& m_document;
    AddressRow* m_address;
};

} // namespace corscope

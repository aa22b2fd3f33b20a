#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace corscope {

class AddressRow;
class ScenarioDocument;

/// Where the page stands whose script makes the selected request: an address, or an opaque origin.
class PageOriginForm : public QWidget
{
    Q_OBJECT
public:
    explicit PageOriginForm(ScenarioDocument& document, QWidget* parent = nullptr);

private:
    void refresh();

    ScenarioDocument& m_document;
    QComboBox* m_kind;
    AddressRow* m_address;
    QLabel* m_origin;
};

} // namespace corscope
